# One root module for one tenant and environment: its own state, its own backend, its values in terraform.tfvars.

terraform {
  required_version = ">= 1.5.0, < 2.0.0"

  backend "azurerm" {
    storage_account_name = "contosotfstate"
    container_name       = "tfstate"
    key                  = "dativo/contoso/prod.tfstate"
    use_azuread_auth     = true
  }
}

module "dativo_etl" {
  source = "../.."

  tenant_id            = var.tenant_id
  environment          = var.environment
  region               = var.region
  subscription_id      = var.subscription_id
  resource_group_name  = var.resource_group_name
  storage_account_name = var.storage_account_name
  allowed_subnet_ids   = var.allowed_subnet_ids
  tags                 = var.tags
}
