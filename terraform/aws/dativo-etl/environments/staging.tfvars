tenant_id               = "acme"
environment             = "staging"
region                  = "us-east-1"
s3_bucket_name          = "acme-dativo-data-lake-staging"
noncurrent_version_days = 7
log_retention_days      = 30

tags = {
  CostCenter   = "DATA-001"
  BusinessUnit = "Analytics"
  Project      = "data-platform"
  Owner        = "data-team@acme.example"
}
