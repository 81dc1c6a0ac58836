output "project" {
  value = "acme-staging"
}
