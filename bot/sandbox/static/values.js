// Every choice is kept as a plain value: a string, a list, Unix seconds, or null. What an app offers on request is
// kept as its option, what was uploaded as its file.

export const SEVERAL = ["multi_static_select", "multi_users_select", "multi_conversations_select", "multi_channels_select", "multi_external_select", "checkboxes", "file_input"];

const words = (rich) => (typeof rich?.text === "string" ? rich.text : (rich?.elements || []).map(words).join(""));

// The plain value inside Slack's form of a value.
export function plain(state) {
  if (!state) return null;
  const external = /external_select$/.test(state.type);
  if ("selected_option" in state) return external ? state.selected_option : state.selected_option?.value ?? null;
  if ("selected_options" in state) return external ? state.selected_options : state.selected_options.map((o) => o.value);
  if ("rich_text_value" in state) return words(state.rich_text_value);
  for (const key of ["selected_user", "selected_users", "selected_conversation", "selected_conversations", "selected_channel", "selected_channels", "selected_date", "selected_time", "selected_date_time", "files", "value"]) {
    if (key in state) return state[key] ?? null;
  }
  return null;
}

export function initial(element) {
  const external = /external_select$/.test(element.type);
  if (element.initial_option) return external ? element.initial_option : element.initial_option.value;
  if (element.initial_options) return external ? element.initial_options : element.initial_options.map((o) => o.value);
  if (element.type === "rich_text_input") return words(element.initial_value) || null;
  for (const key of ["initial_users", "initial_user", "initial_conversations", "initial_conversation", "initial_channels", "initial_channel", "initial_date", "initial_time", "initial_date_time", "initial_value"]) {
    if (element[key] !== undefined) return element[key];
  }
  return SEVERAL.includes(element.type) ? [] : null;
}

// All values of a view, by block and action.
export function valuesOf(view) {
  return Object.fromEntries(Object.entries(view.state.values).map(([block, actions]) =>
    [block, Object.fromEntries(Object.entries(actions).map(([action, state]) => [action, plain(state)]))]));
}
