// words of one's own are sent only with their answer
tasks.push(() => {
  for (const line of all(".write-in>input")) line.disabled = !line.parentNode.previousElementSibling.control.checked;
});
