// hidden fields that hold words, such as a name to greet by
for (const control of all('[data-take=""]')) {
  control.value = clean(words.get(control.name) || control.value);
  control.disabled = !control.value;
}
