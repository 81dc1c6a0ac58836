output "db_host" {
  sensitive = true
}
