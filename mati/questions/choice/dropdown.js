// words of one's own are shown and sent only with their answer in the list
tasks.push(() => {
  for (const line of all(".say>input")) line.disabled = own(line.getAttribute("data-with")).value != line.getAttribute("data-of");
});
