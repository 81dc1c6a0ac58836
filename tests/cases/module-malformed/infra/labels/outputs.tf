output "bucket" "two" {
  value = 1
}
