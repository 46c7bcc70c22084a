// Package lint judges the sources before anything is rendered: each rule is a
// file, and each file's txtar shows what the rule finds and what it leaves
// alone. Pages that are not part of the build (drafts, expired ones) are not
// judged.
//
// It knows the index of sources and nothing of Hugo, HTML or schema.org.
package lint

import (
	"fmt"
	"iter"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// Subject is what a rule looks at: all sources, the time of the build, and what
// the site sets for its rules.
type Subject struct {
	*content.Index
	Now      time.Time
	Settings Settings
}

// published ranges over the pages of this build.
func (s Subject) published() iter.Seq[*content.Page] {
	return func(yield func(*content.Page) bool) {
		for _, p := range s.Pages {
			if p.Published && !yield(p) {
				return
			}
		}
	}
}

// sessions ranges over the sessions of the schedule, if there is one.
func (s Subject) sessions() iter.Seq[*content.Session] {
	return func(yield func(*content.Session) bool) {
		if s.Schedule == nil {
			return
		}
		for i := range s.Schedule.Sessions {
			if !yield(&s.Schedule.Sessions[i]) {
				return
			}
		}
	}
}

// didYouMean is the end of a message about an unknown name.
func didYouMean(near string) string {
	if near == "" {
		return ""
	}
	return fmt.Sprintf(": did you mean %q?", near)
}

// siteRules are the rules that look at what pages say of themselves, and at one
// page beside others.
var siteRules = []diag.Rule[Subject]{
	faqAnswer, faqQuestion, faqDuplicate, faqRepeated, faqShortcode, faqOutside, faqEmpty,
	rawHTML, imageAlt, pastedBullet,
	imageMissing, imageType, imageUnreadable, imageTooLarge, imageLarge, imageSmall, imageMoving, imageColours, imagePatient,
	referenceUnknown, referenceUnused, referenceDuplicate, referenceMalformed, referenceWeak, referenceOld,
	authorUnknown, authorCredentials, sponsorUnnamed,
	requiredKey, groupNumbers, keyCollision, clinicFacts, crisisLines,
	reviewFields, reviewExpired, reviewVoid, reviewDue, reviewByAuthor, unreviewed,
	scheduleID, scheduleGroup, scheduleDay, scheduleTime, scheduleZone, scheduleDates, scheduleOverlap,
	translationOrphan, translationStamp, translationStale, translationReviewer, translationUnreviewed, i18nMissing,
	scheduleTrack, scheduleHours, scheduleLink, scheduleWords,
}

// Rules are all rules on sources.
var Rules = append(siteRules[:len(siteRules):len(siteRules)], rulesOf(pageRules)...)
