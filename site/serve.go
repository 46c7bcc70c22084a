package site

import (
	"context"
	"fmt"
	"path/filepath"

	"clinicblog/site/diag"
	"clinicblog/site/host"
	"clinicblog/site/hugo"
	"clinicblog/site/serve"
	"clinicblog/site/urls"
)

// sources are what a build reads in a project. Folders that hugo.toml mounts
// beside them are watched too.
var sources = []string{"content", "data", "layouts", "assets", "i18n", "static", "themes", "hugo.toml", urls.Name}

// Preview is a site that is built, shown on this machine and built again after
// every change. Its Config has neither Destination nor BaseURL: what is shown
// are the bytes that would be published.
type Preview struct {
	Config
	Port   int                                     // the first to try, 0 for any that is free
	Opened func(url string)                        // told once, when there is something to see
	Built  func(Summary, []diag.Diagnostic, error) // told after every build
}

// Serve shows a preview until ctx is done. An error means that the first build
// could not work, or that nothing can be served or watched; later, Built is
// told and the last good site stays up.
func Serve(ctx context.Context, p Preview) error {
	if p.Notice == nil {
		p.Notice = func(string) {}
	}
	source, err := filepath.Abs(p.Source)
	if err != nil {
		return fmt.Errorf("find source: %w", err)
	}
	watch := sources
	if settings, _, err := hugo.ReadConfig(source); err == nil {
		for _, m := range settings.Mounts {
			if filepath.IsLocal(m.Source) {
				watch = append(watch[:len(watch):len(watch)], m.Source)
			}
		}
	}
	server := serve.Server{
		Source: source, Watch: watch, Port: p.Port, Opened: p.Opened, Notice: p.Notice,
		Build: func(ctx context.Context, dest string) (serve.Site, []diag.Diagnostic, error) {
			cfg := p.Config
			cfg.Destination, cfg.BaseURL = dest, ""
			summary, ds, err := Build(ctx, cfg)
			if ctx.Err() == nil {
				p.Built(summary, ds, err)
			}
			shown := serve.Site{BaseURL: summary.BaseURL, Unpublished: summary.Unpublished}
			if errs, _ := diag.Count(ds); err == nil && errs == 0 {
				var served host.Site
				if served, _, err = publishedAs(dest); err == nil {
					shown.Headers = served.Headers
				}
			}
			return shown, ds, err
		},
	}
	return server.Run(ctx)
}
