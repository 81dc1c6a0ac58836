output "bucket" {
  value = local.bucket
}

output "database" {
  value = local.database
}

output "role_arn" {
  value = local.role_arn
}

output "environment" {
  value = local.environment
}

output "account_id" {
  value = local.account_id
}
