"""The posting of each rule that couples bookings."""
