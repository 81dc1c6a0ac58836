variable "tenant_id" {
  type = string
}

variable "region" {
  description = "Given by a .tfvars file."
  type        = string
}

variable "replicas" {
  type    = number
  default = 1
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "network" {
  type = object({
    vpc_id  = string
    subnets = optional(list(string), [])
  })
  default = null
}

variable "password" {
  type      = string
  sensitive = true
}
