module clinicblog

go 1.26.0

require (
	github.com/agnivade/levenshtein v1.2.2 // the nearest known key, for "did you mean"
	github.com/andybalholm/brotli v1.3.0 // compressed twins in Brotli, in Go alone
	github.com/arran4/golang-ical v0.3.4 // iCalendar syntax: folds without splitting a letter, escapes, and is kept up (March 2026)
	github.com/clipperhouse/uax29/v2 v2.7.0 // words and sentences by Unicode's rules, held to its test data
	github.com/emersion/go-ical v0.0.0-20250329121855-f41e73efc392 // reads the feeds that golang-ical wrote; tests only
	github.com/fsnotify/fsnotify v1.10.1 // which sources changed, on every system, by the library that Hugo uses
	github.com/fyne-io/oksvg v0.2.0 // draws the site's sign, an SVG, as icons
	github.com/goccy/go-yaml v1.19.2 // front matter with positions, by the parser that Hugo uses
	github.com/gofrs/flock v0.13.1 // locks that a killed process releases, on every system
	github.com/klauspost/compress v1.20.4 // compressed twins in gzip and Zstandard, by the library that Caddy uses
	github.com/kljensen/snowball v0.10.0 // Snowball stemmers and stop words, English and Spanish, in Go alone
	github.com/mmcdole/gofeed v1.4.2 // reads the feeds as a feed reader does; tests only
	github.com/pelletier/go-toml/v2 v2.4.3 // hugo.toml with positions, by the parser that Hugo uses
	github.com/rogpeppe/go-internal v1.16.0 // testscript: the command line as a user types it, in tests; diff: what check --fix would change
	github.com/spf13/cobra v1.10.2 // commands, flags, help and completions, as in Hugo and Docker
	github.com/srwiley/rasterx v0.0.0-20220730225603-2ab79fcdd4ef // the paths and strokes below oksvg
	github.com/tdewolff/minify/v2 v2.24.25 // the final bytes, chosen by the owner
	github.com/tdewolff/parse/v2 v2.8.20 // the lexers below minify, to prove its CSS, JS and XML
	github.com/teambition/rrule-go v1.8.2 // expands their recurrence rules; tests only
	github.com/yuin/goldmark v1.8.7 // Markdown with positions, as Hugo parses it, chosen by the owner
	golang.org/x/image v0.44.0 // WebP sizes, and the letters of the cards that stand for a shared page
	golang.org/x/mod v0.42.0 // semver: is this Hugo in the supported range
	golang.org/x/net v0.62.0 // html: the HTML standard's own parser, for the verifier
	golang.org/x/sync v0.25.0 // errgroup: workers that stop at the first error
	golang.org/x/sys v0.50.0 // the exchange of two folders in one step, and syncfs
	golang.org/x/term v0.48.0 // is this a terminal
	golang.org/x/text v0.44.0 // Unicode normal forms: words are found without their accents
	golang.org/x/tools v0.52.0 // txtar, the form of the test archives; tests only
)

require (
	github.com/aws/aws-sdk-go-v2 v1.48.0 // the store, its retries and its clock, by the maker of S3
	github.com/aws/aws-sdk-go-v2/config v1.33.18 // credentials from where every tool of AWS finds them, single sign-on and assumed roles among it; gocloud.dev does not know If-Match
	github.com/aws/aws-sdk-go-v2/service/cloudfront v1.73.0 // tells CloudFront's cache what changed
	github.com/aws/aws-sdk-go-v2/service/s3 v1.114.10 // puts the site into any bucket that speaks S3, with conditional writes
	github.com/aws/smithy-go v1.28.9 // the errors of those, by their code
)

require (
	github.com/Azure/azure-sdk-for-go/sdk/azcore v1.23.3 // the retries of Azure's store, and its errors by their code
	github.com/Azure/azure-sdk-for-go/sdk/azidentity v1.15.0 // credentials from where every tool of Azure finds them
	github.com/Azure/azure-sdk-for-go/sdk/storage/azblob v1.7.0 // puts the site into a container of Azure, with conditional writes; from v1.8 on it brings Apache Arrow, 52 packages and 3.5 MB
	github.com/pkg/sftp v1.13.12 // puts the site onto a server that ssh reaches
	github.com/skeema/knownhosts v1.3.3 // servers that known_hosts lists, and which of their keys to ask for
	golang.org/x/crypto v0.59.0 // ssh, below pkg/sftp, and its agent
	golang.org/x/oauth2 v0.38.0 // tokens for Google's store from where every tool of Google finds them; cloud.google.com/go/storage would be 463 packages and 37 MB, for four requests
)

require (
	cloud.google.com/go/compute/metadata v0.3.0 // indirect
	github.com/Azure/azure-sdk-for-go/sdk/internal v1.13.0 // indirect
	github.com/AzureAD/microsoft-authentication-library-for-go v1.10.1 // indirect
	github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream v1.7.27 // indirect
	github.com/aws/aws-sdk-go-v2/credentials v1.21.0 // indirect
	github.com/aws/aws-sdk-go-v2/feature/ec2/imds v1.20.9 // indirect
	github.com/aws/aws-sdk-go-v2/internal/configsources v1.5.12 // indirect
	github.com/aws/aws-sdk-go-v2/internal/endpoints/v2 v2.8.12 // indirect
	github.com/aws/aws-sdk-go-v2/internal/v4a v1.5.12 // indirect
	github.com/aws/aws-sdk-go-v2/service/internal/accept-encoding v1.13.25 // indirect
	github.com/aws/aws-sdk-go-v2/service/internal/checksum v1.11.13 // indirect
	github.com/aws/aws-sdk-go-v2/service/internal/presigned-url v1.14.12 // indirect
	github.com/aws/aws-sdk-go-v2/service/internal/s3shared v1.20.12 // indirect
	github.com/aws/aws-sdk-go-v2/service/signin v1.13.1 // indirect
	github.com/aws/aws-sdk-go-v2/service/sso v1.39.5 // indirect
	github.com/aws/aws-sdk-go-v2/service/ssooidc v1.44.5 // indirect
	github.com/aws/aws-sdk-go-v2/service/sts v1.52.0 // indirect
	github.com/golang-jwt/jwt/v5 v5.3.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/kr/fs v0.1.0 // indirect
	github.com/kylelemons/godebug v1.1.0 // indirect
	github.com/mmcdole/goxpp/v2 v2.0.0 // indirect
	github.com/pkg/browser v0.0.0-20240102092130-5ac0b6a4141c // indirect
	github.com/spf13/pflag v1.0.9 // indirect
)
