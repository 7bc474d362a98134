"""Pure mathematics on arrays: reach, intervals, power, fits."""
