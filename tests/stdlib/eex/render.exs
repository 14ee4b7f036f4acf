# What templates render to, and with `trim: true` where that differs.
templates = [
  "", "foo", "a <%= a %> b", "<%# c %>x", "<%!-- c <%= 1 %> --%>x", "<%% a %>", "<% _ = a %>y", "<%%= a %>", "<%=a%>", "é <%= a %>",
  "<%= if a do %>yes<% else %>no<% end %>", "<%= for x <- list do %>\n  <%= x %>\n<% end %>\n", "<%= Enum.map(list, fn x -> %><%= x %>,<% end) %>",
  "<%= @x %> <%= @x + 1 %>", "<%= case a do %> \n<% 1 -> %>one\n<% _ -> %>other\n<% end %>", "<%= cond do %><% a == 1 -> %>a<% true -> %>b<% end %>",
  "x\n<%= a +\n 1 %>\ny", "<%= fn -> %>a<% end.() %>", "<% x = 1 %><%= x %>", "<%= if true do %>\n<% x = 2 %>\n<%= x %><% end %>", "<%= # c\n a %>",
  "a\r\n<%= a %>\r\nb", "a\n <%= a %> \nb <%= a %>\n <%# x %> \n c", "<%= a %>\n\n x \n\n <%= a %>\n\n", "\n\n x <%= a %>", " <%= a %> ",
  "x \n \n <%# c %>\n\n y", "<%= a %>  \n\t  <%% \n\t <%= a %>", "<%= if a do %>a<% end %><%= for x <- list do %><%= if x > 1 do %>[<%= x %>]<% end %><% end %>"
]

binding = [a: 1, list: [1, 2], assigns: [x: 5]]

for template <- templates do
  plain = EEx.eval_string(template, binding)
  trimmed = EEx.eval_string(template, binding, trim: true)
  IO.puts(inspect(plain) <> if(plain == trimmed, do: "", else: " / " <> inspect(trimmed)))
end
