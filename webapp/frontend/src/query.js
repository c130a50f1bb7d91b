// The query editor over the plain text field. It asks nobody but this page: its prefixes and terms come with it.

import Yasqe from "@zazuko/yasqe";

const form = document.getElementById("query-form");
const field = document.getElementById("query");
const { prefixes, terms } = JSON.parse(document.getElementById("query-words").textContent);

/** Completes what is being typed with the prefixed names of this registry's words. */
const words = {
  name: "words",
  bulk: true,
  autoShow: true,
  persistenceId: null,
  isValidCompletionPosition: (yasqe) => {
    const token = yasqe.getCompleteToken();
    return /^[a-z][\w-]*:?[\w-]*$/i.test(token.string) && !/string|comment|variable/.test(token.type ?? "");
  },
  get: () => terms,
  postProcessSuggestion: (yasqe, token, word) => {
    const prefix = word.slice(0, word.indexOf(":"));
    if (!(prefix in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [prefix]: prefixes[prefix] });
    return word;
  },
};

function open() {
  Yasqe.registerAutocompleter(words, false);
  const place = document.createElement("div");
  place.className = "sg-editor";
  field.after(place);
  const editor = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    prefixCcApi: null,
    autocompleters: ["words"],
    createShareableLink: () => "",
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    collapsePrefixesOnLoad: false,
    editorHeight: "22em",
    lineWrapping: true,
    inputStyle: "contenteditable",
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run },
  });
  name(editor);
  field.hidden = true;
  const label = field.labels[0];
  label.removeAttribute("for");
  label.addEventListener("click", () => editor.focus());
  form.addEventListener("submit", () => (field.value = editor.getValue()));
  document.getElementById("editor-help").hidden = false;
}

function run() {
  form.requestSubmit();
}

/** What a screen reader calls the editor, and how to leave it: Esc, then Tab. */
function name(editor) {
  const input = editor.getInputField();
  input.setAttribute("role", "textbox");
  input.setAttribute("aria-multiline", "true");
  input.setAttribute("aria-label", "SPARQL query");
  input.setAttribute("aria-describedby", "editor-help");
}

open();
