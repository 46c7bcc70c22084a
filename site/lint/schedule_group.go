package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var scheduleGroup = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-group", Severity: diag.Error,
		Fix: "name a page of content/groups by its file name without .md",
		Doc: `A session of the schedule names no group

Each session leads to the page of its group type, where a reader finds out whom
the group suits. The key is the page's file name without .md; a draft or an
expired page is no page of this build.`},
	Run: func(s Subject, report diag.Report) {
		known, unpublished := map[string]bool{}, map[string]bool{}
		var keys []string
		for _, p := range s.Pages {
			switch {
			case p.Group != nil && p.Published:
				known[p.Key] = true
				keys = append(keys, p.Key)
			case p.Group != nil:
				unpublished[p.Key] = true
			}
		}
		for session := range s.sessions() {
			pos := session.At("group")
			switch {
			case session.Group == "":
				report(pos, "session %q names no group", session.ID)
			case known[session.Group]:
			case unpublished[session.Group]:
				report(pos, "session %q names the group %q, whose page is not published", session.ID, session.Group)
			default:
				report(pos, "session %q names the unknown group %q%s", session.ID, session.Group, didYouMean(content.Nearest(session.Group, keys)))
			}
		}
	},
}
