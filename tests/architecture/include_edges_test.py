"""Every #include goes along an arrow of docs/architecture.md."""
import unittest

import source_tree


class IncludeEdges(unittest.TestCase):
    def test_table_was_read(self):
        table = source_tree.may_use()
        self.assertEqual(table["core"], set())
        self.assertIn("store", table["app"])
        self.assertNotIn("client", table["server"])

    def test_every_include_is_allowed(self):
        table = source_tree.may_use()
        wrong = []
        seen = 0
        for path in source_tree.sources("src", "include"):
            layer = source_tree.layer_of_file(path)
            for name in source_tree.includes(path):
                used = source_tree.layer_of_include(name, table)
                seen += used is not None
                if used is not None and used != layer and used not in table[layer]:
                    wrong.append(f"{path.relative_to(source_tree.ROOT)}: {layer} must not include {name}")
        self.assertGreater(seen, 100)
        self.assertEqual(wrong, [])

    def test_only_main_names_a_store_adapter(self):
        wrong = [
            f"{path.relative_to(source_tree.ROOT)}: {name}"
            for path in source_tree.sources("src", "include")
            if source_tree.layer_of_file(path) not in ("main", "store")
            for name in source_tree.includes(path)
            if name.startswith(("store/embedded/", "store/memory/"))
        ]
        self.assertEqual(wrong, [])

    def test_installed_headers_do_not_reach_into_src(self):
        wrong = [
            f"{path.relative_to(source_tree.ROOT)}: {name}"
            for path in source_tree.sources("include")
            for name in source_tree.includes(path)
            if name.split("/")[0] in source_tree.may_use()
        ]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
