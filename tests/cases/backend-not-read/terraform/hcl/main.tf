terraform {
  # backend "local" {}
  backend "gcs" {
    bucket = "states"
  }
}
output "bucket" {
  value = "acme-lake"
}
