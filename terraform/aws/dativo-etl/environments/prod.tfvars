tenant_id      = "acme"
environment    = "prod"
region         = "us-east-1"
s3_bucket_name = "acme-dativo-data-lake-prod"

tags = {
  CostCenter   = "DATA-001"
  BusinessUnit = "Analytics"
  Project      = "data-platform"
  Owner        = "data-team@acme.example"
  Compliance   = "SOC2 GDPR"
}
