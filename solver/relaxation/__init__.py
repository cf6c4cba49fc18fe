"""When and with how many, nobody named: pools of interchangeable people."""
