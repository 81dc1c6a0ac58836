# One root module for one tenant and environment: its own state, its own backend, its values in terraform.tfvars.

terraform {
  required_version = ">= 1.10.0, < 2.0.0"

  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "dativo/acme/prod/terraform.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}

module "dativo_etl" {
  source = "../.."

  tenant_id      = var.tenant_id
  environment    = var.environment
  region         = var.region
  account_id     = var.account_id
  s3_bucket_name = var.s3_bucket_name
  kms_key_arn    = var.kms_key_arn
  tags           = var.tags
}
