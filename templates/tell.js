// a text repeats a hidden field: the label of a declared value, words as they are
for (const pipe of all("[data-pipe]", document)) {
  const [control] = all(`[data-take][name="${pipe.dataset.pipe}"]`);
  const shown = control && (control.dataset.take ? JSON.parse(control.dataset.take)[control.value] : control.value);
  if (shown) pipe.textContent = shown;
}
