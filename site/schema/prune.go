package schema

import (
	"reflect"
	"sync"
)

// prune leaves out the nodes that miss a property tagged `need`, then every
// reference to a node that is not in the graph, until nothing changes: a node
// may need a reference. Nodes are pointers to structs with an ID.
func prune(nodes []any) []any {
	for {
		kept, ids := nodes[:0:0], make(map[string]bool, len(nodes))
		for _, n := range nodes {
			v := reflect.ValueOf(n).Elem()
			if f := fieldsOf(v.Type()); f.complete(v) {
				kept = append(kept, n)
				ids[v.Field(f.id).String()] = true
			}
		}
		lost := false
		for _, n := range kept {
			v := reflect.ValueOf(n).Elem()
			if fieldsOf(v.Type()).cut(v, ids) {
				lost = true
			}
		}
		if nodes = kept; !lost {
			return nodes
		}
	}
}

// fields are the indices of a node type's fields that matter here.
type fields struct {
	id               int
	need, ref, lists []int
}

var known sync.Map // reflect.Type to *fields

func fieldsOf(t reflect.Type) *fields {
	if f, ok := known.Load(t); ok {
		return f.(*fields)
	}
	f := &fields{}
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Name == "ID" {
			f.id = i
		}
		if field.Tag.Get("need") == "true" {
			f.need = append(f.need, i)
		}
		switch field.Type {
		case reflect.TypeFor[*Ref]():
			f.ref = append(f.ref, i)
		case reflect.TypeFor[[]Ref]():
			f.lists = append(f.lists, i)
		}
	}
	known.Store(t, f)
	return f
}

func (f *fields) complete(v reflect.Value) bool {
	for _, i := range f.need {
		if field := v.Field(i); field.IsZero() || field.Kind() == reflect.Slice && field.Len() == 0 {
			return false
		}
	}
	return true
}

// cut drops the references of a node that lead nowhere.
func (f *fields) cut(v reflect.Value, ids map[string]bool) (lost bool) {
	for _, i := range f.ref {
		if ref := v.Field(i).Interface().(*Ref); ref != nil && !ids[ref.ID] {
			v.Field(i).SetZero()
			lost = true
		}
	}
	for _, i := range f.lists {
		refs := v.Field(i).Interface().([]Ref)
		kept := refs[:0:0]
		for _, r := range refs {
			if ids[r.ID] {
				kept = append(kept, r)
			}
		}
		if len(kept) < len(refs) {
			v.Field(i).Set(reflect.ValueOf(kept))
			lost = true
		}
	}
	return lost
}
