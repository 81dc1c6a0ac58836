output "bucket" {
  value     = null
}
output "environment" {
  value     = null
}
output "login" {
  value     = null
  sensitive = true
}
output "table_count" {
  value     = null
}
output "tenant_id" {
  value     = null
}
output "unused" {
  value     = null
}
