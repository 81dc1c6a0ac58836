output "bucket" {
  value = "acme-data-lake-prod"
}
