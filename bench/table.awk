# Reads one line of figures a program and round, separated by tabs, and prints the tables of a run.
# Fields: program, messages, then the figures in the order of `name`.
BEGIN {
  FS = "\t"
  count = split("rate cpu rss syncs sink total requests largest duplicates missing violations", name, " ")
}

{
  if (!($1 in rounds)) order[++programs] = $1
  round = ++rounds[$1]
  messages[$1] = $2
  for (i = 1; i <= count; i++) value[$1, name[i], round] = $(i + 2)
}

function sorted(program, figure,    n, i, j, v) {
  n = rounds[program]
  for (i = 1; i <= n; i++) {
    v = value[program, figure, i]
    for (j = i - 1; j > 0 && s[j] > v; j--) s[j + 1] = s[j]
    s[j + 1] = v
  }
  return n
}

# the middle round, or the lower of the two in the middle
function median(program, figure,    n) {
  n = sorted(program, figure)
  return s[int((n + 1) / 2)]
}

function range(program, figure,    n) {
  n = sorted(program, figure)
  return s[1] " to " s[n]
}

function most(program, figure,    n) {
  n = sorted(program, figure)
  return s[n]
}

function ratio(one, other) {
  return (one in rounds) && (other in rounds) ? sprintf("%.2f", median(one, "rate") / median(other, "rate")) : "-"
}

END {
  print "| program | messages/s | lowest to highest | CPU s per million | sink, % of all CPU | peak RSS MB | fsyncs | input to last request, s |"
  print "|---|--:|--:|--:|--:|--:|--:|--:|"
  for (i = 1; i <= programs; i++) {
    p = order[i]
    printf "| %s | %d | %s | %.1f | %d | %d | %s | %.1f |\n", p, median(p, "rate"), range(p, "rate"),
      median(p, "cpu") * 1000 / messages[p], median(p, "sink"), most(p, "rss"), median(p, "syncs"), median(p, "total") / 1000
  }
  print "\n| program | messages | requests | largest batch | duplicates | missing | order violations |"
  print "|---|--:|--:|--:|--:|--:|--:|"
  for (i = 1; i <= programs; i++) {
    p = order[i]
    printf "| %s | %d | %d | %d | %d | %d | %d |\n", p, messages[p], median(p, "requests"), most(p, "largest"),
      most(p, "duplicates"), most(p, "missing"), most(p, "violations")
  }
  print "\n| program | relay-always to it | relay-interval to it |"
  print "|---|--:|--:|"
  for (i = 1; i <= programs; i++) printf "| %s | %s | %s |\n", order[i], ratio("relay-always", order[i]), ratio("relay-interval", order[i])
}
