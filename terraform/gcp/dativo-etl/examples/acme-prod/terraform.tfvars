project_id      = "my-gcp-project"
tenant_id       = "acme"
environment     = "prod"
region          = "us-central1"
gcs_bucket_name = "acme-dativo-data-lake-prod"

labels = {
  cost_center   = "data-001"
  business_unit = "analytics"
  project       = "data-platform"
}
