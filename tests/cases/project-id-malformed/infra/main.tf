output "project" {
  value = "Acme_data"
}
