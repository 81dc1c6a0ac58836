# azurerm does not work without a block of its own, so the module, made to be applied where it lies, has one. Whoever
# calls it as a child with a provider of their own deletes this file from their copy, and sets storage_use_azuread there:
# the account has no shared keys.
provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  features {}
}
