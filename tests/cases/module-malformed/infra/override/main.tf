output "bucket" {
  value = 1
}
