"""What is true: the law on customs recordation as dated, sourced data, and the sums it implies."""
