project_id              = "my-gcp-project-staging"
tenant_id               = "acme"
environment             = "staging"
region                  = "us-central1"
gcs_bucket_name         = "acme-dativo-data-lake-staging"
noncurrent_version_days = 7

labels = {
  cost_center   = "data-001"
  business_unit = "analytics"
  project       = "data-platform"
}
