"""The CP-SAT model of a problem or a part of one."""
