package deploy

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/bloberror"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

// azureContainer is a container of Azure Blob Storage.
type azureContainer struct {
	client *container.Client
	prefix string // "" or with a slash at its end
}

// openAzure takes credentials from where every tool of Azure finds them, and
// from nowhere else. It knows no account keys, which open everything to whoever
// holds them.
func openAzure(u *url.URL) (*azureContainer, error) {
	found, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, fmt.Errorf("read credentials of Azure: %w", err)
	}
	service := strings.TrimSuffix(u.Query().Get("endpoint"), "/")
	if service == "" {
		service = "https://" + u.Query().Get("account") + ".blob.core.windows.net"
	}
	client, err := container.NewClient(service+"/"+u.Host, found, &container.ClientOptions{ClientOptions: policy.ClientOptions{
		Retry: policy.RetryOptions{MaxRetries: attempts - 1, TryTimeout: patience, MaxRetryDelay: backoff, RetryDelay: min(backoff, time.Second)},
	}})
	if err != nil {
		return nil, fmt.Errorf("read address of container: %w", err)
	}
	return &azureContainer{client, prefixOf(u)}, nil
}

func (c *azureContainer) blob(name string) *blockblob.Client {
	return c.client.NewBlockBlobClient(c.prefix + name)
}

func (c *azureContainer) close() error { return nil }

func (c *azureContainer) get(ctx context.Context, name string) ([]byte, version, error) {
	out, err := c.blob(name).DownloadStream(ctx, nil)
	if bloberror.HasCode(err, bloberror.BlobNotFound) {
		return nil, version{}, fs.ErrNotExist
	}
	if err != nil {
		return nil, version{}, fmt.Errorf("read %s there: %w", name, err)
	}
	r := out.NewRetryReader(ctx, &blob.RetryReaderOptions{MaxRetries: attempts - 1})
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, version{}, fmt.Errorf("read %s there: %w", name, err)
	}
	v := version{}
	if out.ETag != nil {
		v.tag = string(*out.ETag)
	}
	if out.Date != nil && out.LastModified != nil {
		v.age = out.Date.Sub(*out.LastModified)
	}
	return body, v, nil
}

func (c *azureContainer) swap(ctx context.Context, name string, body []byte, old string) (string, error) {
	tag, none := azcore.ETag(old), azcore.ETagAny
	condition := &blob.ModifiedAccessConditions{IfMatch: &tag}
	if old == "" {
		condition = &blob.ModifiedAccessConditions{IfNoneMatch: &none}
	}
	out, err := c.upload(ctx, File{Path: name, ContentType: "application/json", CacheControl: "no-store"}, body, condition)
	// A blob that is gone answers an If-Match as one that has changed.
	if bloberror.HasCode(err, bloberror.ConditionNotMet, bloberror.BlobAlreadyExists, bloberror.BlobNotFound) {
		return "", errConflict
	}
	if err != nil {
		return "", err
	}
	if out.ETag == nil {
		return "", errors.New("the store tells no ETag")
	}
	return string(*out.ETag), nil
}

func (c *azureContainer) stale() string { return `"0x0"` }

func (c *azureContainer) put(ctx context.Context, f File, body []byte) error {
	_, err := c.upload(ctx, f, body, nil)
	return err
}

func (c *azureContainer) upload(ctx context.Context, f File, body []byte, condition *blob.ModifiedAccessConditions) (blockblob.UploadResponse, error) {
	sum := md5.Sum(body) // is what a listing tells later
	return c.blob(f.Path).Upload(ctx, streaming.NopCloser(bytes.NewReader(body)), &blockblob.UploadOptions{
		HTTPHeaders:      &blob.HTTPHeaders{BlobContentType: &f.ContentType, BlobCacheControl: &f.CacheControl, BlobContentMD5: sum[:]},
		AccessConditions: &blob.AccessConditions{ModifiedAccessConditions: condition},
	})
}

func (c *azureContainer) remove(ctx context.Context, name string) error {
	_, err := c.blob(name).Delete(ctx, nil)
	if bloberror.HasCode(err, bloberror.BlobNotFound) {
		return nil
	}
	return err
}

func (c *azureContainer) list(ctx context.Context) (map[string]object, error) {
	all := map[string]object{}
	pages := c.client.NewListBlobsFlatPager(&container.ListBlobsFlatOptions{Prefix: &c.prefix})
	for pages.More() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list container: %w", err)
		}
		for _, b := range page.Segment.BlobItems {
			name := strings.TrimPrefix(*b.Name, c.prefix)
			if name != StateName && name != "" {
				all[name] = object{*b.Properties.ContentLength, hex.EncodeToString(b.Properties.ContentMD5)}
			}
		}
	}
	return all, nil
}

func azureCode(err error) string {
	var answer *azcore.ResponseError
	var refused *azidentity.AuthenticationFailedError
	switch {
	case errors.As(err, &refused):
		return "SignInRefused"
	case errors.As(err, &answer) && answer.ErrorCode != "":
		return answer.ErrorCode
	case errors.As(err, &answer):
		return http.StatusText(answer.StatusCode)
	case err != nil && strings.Contains(err.Error(), "Credential: "):
		return "NoCredentials" // the type of that error is not exported
	}
	return ""
}

// azureRemedies are the errors that a user can do something about.
// https://learn.microsoft.com/en-us/rest/api/storageservices/blob-service-error-codes
var azureRemedies = []remedy{
	{"NoCredentials", "there are no credentials", "sign in with az login, or give the machine an identity"},
	{"SignInRefused", "Azure gives no token for these credentials", "sign in again, then deploy again"},
	{"AuthenticationFailed", "the credentials have expired, or are none of this account", "sign in again, then deploy again"},
	{"InvalidAuthenticationInfo", "the credentials have expired, or are none of this account", "sign in again, then deploy again"},
	{"Unauthorized", "the credentials have expired, or are none of this account", "sign in again, then deploy again"},
	{"NoAuthenticationInformation", "the container asks for credentials", "sign in with az login, or give the machine an identity"},
	{"AuthorizationFailure", "the container refuses", azureRole},
	{"AuthorizationPermissionMismatch", "the container refuses", azureRole},
	{"InsufficientAccountPermissions", "the container refuses", azureRole},
	{"Forbidden", "the container refuses", azureRole},
	{"AccountIsDisabled", "the account is closed", "ask who owns it"},
	{"ContainerNotFound", "there is no such container", "make it, or correct url in hugo.toml"},
	{"ContainerBeingDeleted", "the container is being deleted", "wait, or choose another"},
	{"BlobImmutableDueToPolicy", "the container keeps its files for a time", "deploy to a container without such a policy"},
}

const azureRole = "allow these credentials the role Storage Blob Data Contributor on it, and this machine's network"
