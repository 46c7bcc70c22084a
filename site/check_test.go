package site

import (
	"testing"

	"clinicblog/site/content"
)

// A large site is not rendered unless somebody asks for it.
func TestScope(t *testing.T) {
	small, large := &content.Index{Pages: make([]*content.Page, Small)}, &content.Index{Pages: make([]*content.Page, Small+1)}
	for _, test := range []struct {
		scope Scope
		index *content.Index
		want  bool
	}{
		{BuiltIfSmall, small, true}, {BuiltIfSmall, large, false}, {Built, large, true}, {Sources, small, false},
	} {
		if got := test.scope.renders(test.index); got != test.want {
			t.Errorf("%v of %d pages: %v", test.scope, len(test.index.Pages), got)
		}
	}
}
