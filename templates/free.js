// hidden fields that hold words, such as a name to greet by
for (const control of all('[data-take=""]')) {
  const given = clean(words.get(control.name) || control.value);
  give(control, given, given);
}
