package lint

import (
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var crisisLines = diag.Rule[Subject]{
	Info: diag.Info{ID: "crisis-lines", Severity: diag.Error, Fixed: true,
		Fix: "correct data/crisis.yaml",
		Doc: `The crisis lines are missing, or a number is not the real one

Somebody may be reading in danger. Every page of a clinic in the United States
shows the 988 Suicide & Crisis Lifeline (call, text, chat at 988lifeline.org),
911, and SAMHSA's National Helpline (1-800-662-4357, TTY 1-800-487-4889), and
the number shown is the number dialled. Sources: 988lifeline.org; samhsa.gov,
National Helpline. In other countries one line of the country's own suffices.`},
	Run: func(s Subject, report diag.Report) {
		known := map[string]content.CrisisLine{}
		for _, line := range s.Crisis {
			known[line.ID] = line
			for _, n := range []struct{ key, dialled, shown string }{
				{"callText", line.Call, line.CallText}, {"textText", line.Text, line.TextText}, {"ttyText", line.TTY, line.TTYText},
			} {
				if digits(n.dialled) != digits(n.shown) {
					report(line.At(n.key), "crisis line %s shows %q and dials %q", line.ID, n.shown, n.dialled)
				}
			}
		}
		file := diag.Pos{File: "data/crisis.yaml"}
		if country := s.Clinic.Address.Country; country != "" && country != "US" {
			if len(s.Crisis) == 0 {
				report(file, "there is no crisis line")
			}
			return
		}
		for _, real := range unitedStates {
			line, ok := known[real.id]
			if !ok {
				report(file, "crisis line %s is missing", real.id)
				continue
			}
			for _, n := range []struct{ key, want, got string }{{"call", real.call, line.Call}, {"text", real.text, line.Text}, {"tty", real.tty, line.TTY}} {
				if n.want != "" && strings.TrimPrefix(digits(n.got), "1") != n.want {
					report(line.At(n.key), "crisis line %s has %s %q, want %s", real.id, n.key, n.got, n.want)
				}
			}
			if real.chat != "" && !strings.HasPrefix(line.Chat, real.chat) {
				report(line.At("chat"), "crisis line %s has chat %q, want an address at %s", real.id, line.Chat, real.chat)
			}
		}
	},
}

// unitedStates are the lines of the United States, without the country's code.
var unitedStates = []struct{ id, call, text, tty, chat string }{
	{id: "988", call: "988", text: "988", chat: "https://988lifeline.org/"},
	{id: "911", call: "911"},
	{id: "samhsa", call: "8006624357", tty: "8004874889"},
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
