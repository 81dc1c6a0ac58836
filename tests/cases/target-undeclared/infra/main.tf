output "bucket" {
  value = "globex-lake-prod"
}
