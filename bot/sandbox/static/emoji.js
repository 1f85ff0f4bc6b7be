// Emoji by Slack's names: the common ones. Others are shown by their name, and all where no font has them.

const GROUPS = {
  "Often used": "white_check_mark ✅ eyes 👀 raised_hands 🙌 thumbsup 👍 thumbsdown 👎 pray 🙏 tada 🎉 heart ❤️ question ❓ warning ⚠️ x ❌ hourglass_flowing_sand ⏳",
  People: "smile 😄 slightly_smiling_face 🙂 grinning 😀 laughing 😆 joy 😂 wink 😉 blush 😊 thinking_face 🤔 confused 😕 neutral_face 😐 disappointed 😞 cry 😢 sob 😭 angry 😠 open_mouth 😮 sweat_smile 😅 sunglasses 😎 hugging_face 🤗 zipper_mouth_face 🤐 face_with_monocle 🧐 robot_face 🤖 wave 👋 clap 👏 ok_hand 👌 raised_hand ✋ muscle 💪 point_up ☝️ point_right 👉 handshake 🤝 writing_hand ✍️ man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ brain 🧠 speech_balloon 💬 thought_balloon 💭",
  Signs: "heavy_check_mark ✔️ ballot_box_with_check ☑️ heavy_plus_sign ➕ exclamation ❗ grey_question ❔ information_source ℹ️ no_entry ⛔ no_entry_sign 🚫 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪ black_circle ⚫ rotating_light 🚨 triangular_flag_on_post 🚩 recycle ♻️ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 new 🆕 sos 🆘 100 💯",
  Things: "memo 📝 pencil2 ✏️ calendar 📅 clock3 🕒 hourglass ⌛ alarm_clock ⏰ bell 🔔 no_bell 🔕 lock 🔒 unlock 🔓 key 🔑 shield 🛡️ mag 🔍 link 🔗 paperclip 📎 page_facing_up 📄 clipboard 📋 bar_chart 📊 chart_with_upwards_trend 📈 file_folder 📁 books 📚 bulb 💡 gear ⚙️ wrench 🔧 hammer_and_wrench 🛠️ computer 💻 iphone 📱 email 📧 inbox_tray 📥 outbox_tray 📤 package 📦 pushpin 📌 label 🏷️ scales ⚖️ scroll 📜 house 🏠 office 🏢 moneybag 💰 test_tube 🧪 microscope 🔬 fire 🔥 star ⭐ sparkles ✨ rocket 🚀 coffee ☕ zap ⚡ bug 🐛 seedling 🌱 sunny ☀️ cloud ☁️",
};
const OTHER_NAMES = { "+1": "👍", "-1": "👎", hand: "✋", thinking: "🤔", heavy_exclamation_mark: "❗" };

const pairs = (row) => row.split(" ").reduce((found, part, i, all) => (i % 2 ? [...found, [all[i - 1], part]] : found), []);

export const groups = Object.entries(GROUPS).map(([name, row]) => ({ name, emoji: pairs(row) }));
const EMOJI = new Map([...Object.entries(OTHER_NAMES), ...groups.flatMap((group) => group.emoji)]);

// Without a fitting font every sign is drawn as the same box.
function drawn(sign) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d");
  pen.font = "16px sans-serif";
  pen.fillText(sign, 2, 18);
  return canvas.toDataURL();
}
const shown = drawn("👀") !== drawn("🎉");

export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => (shown && EMOJI.get(name)) || whole);

export const picture = (name) => (shown && EMOJI.get(name.split("::")[0])) || `:${name}:`;
