# One root module for one tenant and environment: its own state, its own backend, its values in terraform.tfvars.

terraform {
  required_version = ">= 1.5.0, < 2.0.0"

  backend "gcs" {
    bucket = "acme-terraform-state"
    prefix = "dativo/acme/prod"
  }
}

module "dativo_etl" {
  source = "../.."

  project_id      = var.project_id
  tenant_id       = var.tenant_id
  environment     = var.environment
  region          = var.region
  gcs_bucket_name = var.gcs_bucket_name
  kms_key_name    = var.kms_key_name
  labels          = var.labels
}
