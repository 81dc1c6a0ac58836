terraform {
  backend "s3" {
    bucket = "states"
    # the key comes from dativo.yaml, as from -backend-config
  }
}

output "bucket" {
  value = "acme-lake"
}
