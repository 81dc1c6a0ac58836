# The module is made to be applied where it lies, one workspace for each tenant and environment, so it configures its
# own provider: `-var region=...` alone decides the region. Whoever calls it as a child with a provider of their own
# deletes this file from their copy; the bucket's precondition then still refuses a provider in another region.
provider "aws" {
  region              = var.region
  allowed_account_ids = var.account_id == null ? null : [var.account_id]
}
