terraform {
  # backend "local" {}
  backend "cos" {
    bucket = "states"
  }
}
output "bucket" {
  value = "acme-lake"
}
