// Keys for the moderation pages. Everything works without: forms are plain, and the keys only press what is
// on the page.
"use strict";

(() => {
  const form = document.querySelector("form[data-decision]");
  const list = document.querySelector("[data-list]");
  // What the form began with is what the reporter proposes.
  const proposed = form ? form.querySelector('input[name="act"]:checked') : null;

  const isWriting = (target) =>
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["radio", "checkbox", "submit"].includes(target.type));

  const choose = (radio) => {
    if (!radio) return;
    radio.checked = true;
    radio.focus();
    const details = form.querySelector("[data-edit]");
    if (details && radio.value === "edit") details.open = true;
  };

  const move = (step) => {
    const links = [...list.querySelectorAll("h2 a")];
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
    if (next) next.focus();
  };

  const decisionKey = (key) => {
    if (/^[1-5]$/.test(key)) {
      const severity = form.elements.namedItem("severity");
      severity.selectedIndex = Number(key) - 1;
      const now = form.querySelector('input[name="act"]:checked');
      if (!now || !["severity", "retype"].includes(now.value)) choose(form.querySelector('input[value="severity"]'));
      return true;
    }
    if (key === "u") choose(proposed);
    else if (key === "c") form.elements.namedItem("text").focus();
    else if (key === "q") location.assign("/moderation");
    else {
      const radio = [...form.querySelectorAll("input[data-key]")].find((one) => one.dataset.key === key);
      if (!radio) return false;
      choose(radio);
      if (key === "t" && form.elements.namedItem("clause_type").value === "") {
        form.elements.namedItem("clause_type").focus();
      }
    }
    return true;
  };

  const listKey = (key) => {
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else {
      const button = [...document.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === key);
      if (!button) return false;
      button.click();
    }
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    if (form && event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.shiftKey) return;
    if (isWriting(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const used = form ? decisionKey(event.key) : list || event.key === "n" ? listKey(event.key) : false;
    if (used) event.preventDefault();
  });
})();
