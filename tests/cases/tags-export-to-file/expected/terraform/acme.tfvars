# Made by `dativo tags export` for acme-prod.
tags = {
  CostCenter  = "DATA-001"
  Environment = "prod"
  Project     = "data-platform"
  TenantId    = "acme"
}
