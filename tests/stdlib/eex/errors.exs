# What is wrong with a template is told with file, line and column.
templates = [
  "<%= if true do %>a", "<% end %>", "x\n<% else %>", "<%= a", "<%!-- foo", "a\n\n <% foo", "<% if true do %>\n\n<% if true do %>a<% end %>", "<%| a %>",
  "<%= 1 + %>", "<%= case a do %> junk <% 1 -> %>one<% end %>", "<%= if true do # c %>a<% end # d %>"
]

for template <- templates do
  try do
    EEx.compile_string(template, file: "t.eex", line: 3, indentation: 2)
  rescue
    e -> IO.puts("#{inspect(e.__struct__)} #{Exception.message(e)}")
  end
end

IO.inspect(EEx.tokenize("a <%= b "))
IO.inspect(EEx.eval_string("<%= @a %>", assigns: [b: 1]))
# stderr: warning: assign @a not available in EEx template. Please ensure all assigns are given as options. Available assigns: [:b]
# stderr: warning: the contents of this expression won't be output unless the EEx block starts with "<%="
