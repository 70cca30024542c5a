// numbers, dates and times that people type, in conditions
tests.cmp = (given, names, op, value, kind) => names.some((name) => given.getAll(name).some((text) => {
  const number = kind == "number", left = number ? +text : text.trim(), right = number ? +value : value;
  return text.trim() && left == left && (op == "=" ? left == right : op == "!=" ? left != right : (op[0] == "<" ? left < right : left > right) || (op[1] && left == right));
}));
