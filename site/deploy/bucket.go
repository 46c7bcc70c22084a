package deploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	cdn "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
)

// bucket is a bucket at AWS, or at another store that speaks S3 and knows
// conditional writes.
type bucket struct {
	client *s3.Client
	name   string
	prefix string // "" or with a slash at its end
}

// awsConfig takes credentials from where every tool of AWS finds them, and from
// nowhere else. Nothing of them is logged.
func awsConfig(ctx context.Context, region string) (aws.Config, error) {
	opts := []func(*config.LoadOptions) error{
		config.WithRetryer(func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts, o.MaxBackoff = attempts, backoff })
		}),
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(patience)),
		config.WithLogger(logging.Nop{}),
	}
	if region != "" {
		opts = append(opts, config.WithRegion(region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, opts...)
	if err != nil {
		return aws.Config{}, fmt.Errorf("read configuration of AWS: %w", err)
	}
	if cfg.Region == "" {
		cfg.Region = "us-east-1"
	}
	return cfg, nil
}

func openBucket(ctx context.Context, u *url.URL) (*bucket, error) {
	cfg, err := awsConfig(ctx, u.Query().Get("region"))
	if err != nil {
		return nil, err
	}
	client := s3.NewFromConfig(cfg, func(o *s3.Options) {
		if endpoint := u.Query().Get("endpoint"); endpoint != "" {
			o.BaseEndpoint, o.UsePathStyle = aws.String(endpoint), true
		}
		// Checksums that other stores do not know; the signature covers the body.
		o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
	})
	return &bucket{client: client, name: u.Host, prefix: prefixOf(u)}, nil
}

// prefixOf is the folder in a bucket, "" or with a slash at its end.
func prefixOf(u *url.URL) string {
	if folder := strings.Trim(u.Path, "/"); folder != "" {
		return folder + "/"
	}
	return ""
}

func (b *bucket) close() error { return nil }

func (b *bucket) key(name string) *string { return aws.String(b.prefix + name) }

func (b *bucket) get(ctx context.Context, name string) ([]byte, version, error) {
	out, err := b.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: b.key(name)})
	if c := code(err); c == "NoSuchKey" || c == "NotFound" {
		return nil, version{}, fs.ErrNotExist
	}
	if err != nil {
		return nil, version{}, fmt.Errorf("read %s there: %w", name, err)
	}
	defer out.Body.Close()
	body, err := io.ReadAll(out.Body)
	if err != nil {
		return nil, version{}, fmt.Errorf("read %s there: %w", name, err)
	}
	v := version{tag: aws.ToString(out.ETag)}
	if now, ok := awsmiddleware.GetServerTime(out.ResultMetadata); ok && out.LastModified != nil {
		v.age = now.Sub(*out.LastModified)
	}
	return body, v, nil
}

func (b *bucket) swap(ctx context.Context, name string, body []byte, old string) (string, error) {
	in := &s3.PutObjectInput{
		Bucket: &b.name, Key: b.key(name), Body: bytes.NewReader(body),
		ContentType: aws.String("application/json"), CacheControl: aws.String("no-store"),
	}
	if old == "" {
		in.IfNoneMatch = aws.String("*")
	} else {
		in.IfMatch = &old
	}
	out, err := b.client.PutObject(ctx, in)
	if slices.Contains([]string{"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"}, code(err)) {
		return "", errConflict
	}
	if err != nil {
		return "", err
	}
	return aws.ToString(out.ETag), nil
}

func (b *bucket) stale() string { return `"00000000000000000000000000000000"` }

func (b *bucket) put(ctx context.Context, f File, body []byte) error {
	_, err := b.client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &b.name, Key: b.key(f.Path), Body: bytes.NewReader(body),
		ContentType: &f.ContentType, CacheControl: &f.CacheControl,
	})
	return err
}

func (b *bucket) remove(ctx context.Context, name string) error {
	_, err := b.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &b.name, Key: b.key(name)})
	return err
}

func (b *bucket) list(ctx context.Context) (map[string]object, error) {
	all := map[string]object{}
	pages := s3.NewListObjectsV2Paginator(b.client, &s3.ListObjectsV2Input{Bucket: &b.name, Prefix: &b.prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list bucket: %w", err)
		}
		for _, o := range page.Contents {
			name := strings.TrimPrefix(aws.ToString(o.Key), b.prefix)
			if name != StateName && name != "" {
				all[name] = object{aws.ToInt64(o.Size), strings.Trim(aws.ToString(o.ETag), `"`)}
			}
		}
	}
	return all, nil
}

// mostPaths is how many paths an invalidation names one by one; a pattern for
// all of them counts as one. 3,000 may be in progress at a time.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
const mostPaths = 1000

// invalidate tells the distribution of the target, if it has one, that files
// have changed. The same id asks for the same invalidation.
func (t Target) invalidate(ctx context.Context, id string, names []string) error {
	if t.CloudFront == "" || len(names) == 0 {
		return nil
	}
	cfg, err := awsConfig(ctx, "")
	if err != nil {
		return err
	}
	paths := t.addresses(names)
	if len(paths) > mostPaths {
		paths = []string{(&url.URL{Path: t.Base}).EscapedPath() + "*"}
	}
	_, err = cloudfront.NewFromConfig(cfg).CreateInvalidation(ctx, &cloudfront.CreateInvalidationInput{
		DistributionId: &t.CloudFront,
		InvalidationBatch: &cdn.InvalidationBatch{
			CallerReference: &id,
			Paths:           &cdn.Paths{Quantity: aws.Int32(int32(len(paths))), Items: paths},
		},
	})
	if err != nil {
		return fmt.Errorf("invalidate cache of %s: %w", t.CloudFront, err)
	}
	return nil
}

// code is what S3 calls an error, "" for errors that are none of its.
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	if err != nil && strings.Contains(err.Error(), "get credentials: ") {
		return "NoCredentials"
	}
	return ""
}

// remedies are the errors of S3 that a user can do something about.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
var remedies = []remedy{
	{"AccessDenied", "the bucket refuses", "allow these credentials s3:ListBucket, and s3:GetObject, s3:PutObject and s3:DeleteObject on its objects"},
	{"Forbidden", "the bucket refuses", "allow these credentials s3:ListBucket, and s3:GetObject, s3:PutObject and s3:DeleteObject on its objects"},
	{"AllAccessDisabled", "the bucket is closed", "ask who owns it"},
	{"ExpiredToken", "the credentials have expired", "sign in again, then deploy again"},
	{"ExpiredTokenException", "the credentials have expired", "sign in again, then deploy again"},
	{"InvalidAccessKeyId", "the store does not know the access key", "see which credentials this machine has, then deploy again"},
	{"InvalidToken", "the store does not know the credentials", "sign in again, then deploy again"},
	{"SignatureDoesNotMatch", "the secret key is not that of the access key", "see which credentials this machine has, then deploy again"},
	{"NoCredentials", "there are no credentials", "sign in with the tool of your provider, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"},
	{"RequestTimeTooSkewed", "the clock of this machine differs too much from that of the store", "set the clock, then deploy again"},
	{"NoSuchBucket", "there is no such bucket", "make it, or correct url in hugo.toml"},
	{"PermanentRedirect", "the bucket is in another region", "say region=… in the url in hugo.toml"},
	{"AuthorizationHeaderMalformed", "the bucket is in another region", "say region=… in the url in hugo.toml"},
	{"NotImplemented", unconditional, useAnother},
}
